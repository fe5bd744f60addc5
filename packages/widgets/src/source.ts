import type {
  Assessment,
  CareEvent,
  Customer,
  Entitlement,
  Locale,
  PolicyDocument,
  Survey,
} from '@liyu/model';

/** The record type of each collection. */
export interface Records {
  customers: Customer;
  assessments: Assessment;
  entitlements: Entitlement;
  careEvents: CareEvent;
  surveys: Survey;
  policies: PolicyDocument;
}

export type Snapshot<T> =
  | { state: 'loading' }
  /** Nothing is stored and nothing could be fetched; `code` never holds data. */
  | { state: 'error'; code: string }
  | { state: 'signedOut' }
  | { state: 'ready'; docs: readonly T[] };

export interface SourceStatus {
  /** Whether the endpoint can't be reached; what is stored is shown all the same. */
  offline: boolean;
  /** Writes on this device that the server hasn't taken yet. */
  pending: number;
  /** Whether nothing is kept on this device when the page closes. */
  memory: boolean;
}

/** A write that the server refused: the code, and what the customer had written. */
export interface Rejection<T> {
  code: string;
  doc: T;
}

/**
 * Where a widget gets its data when the page gives it none by property. The kit implements it over
 * the store; a story or a test may give one of its own. Every `watch` calls back at once with what is
 * known, then on each change, until the returned function is called.
 */
export interface Source {
  readonly locale: Locale | null;
  readonly status: SourceStatus;
  watchStatus(next: (status: SourceStatus) => void): () => void;
  /** All records of a collection, in no particular order. */
  watch<Name extends keyof Records>(
    name: Name,
    next: (snapshot: Snapshot<Records[Name]>) => void,
  ): () => void;
  /** Fetches now what could not be fetched before. */
  retry(): void;
  /**
   * Writes an answered or declined survey on this device and sends it when the network allows.
   * Resolves when it lies on the device; until `receivedAt` is set it hasn't been delivered.
   */
  submitSurvey(survey: Survey): Promise<void>;
  /** The last refusal of a survey's answer, or null. */
  watchRejection(surveyId: string, next: (rejection: Rejection<Survey> | null) => void): () => void;
  /** What the customer wrote and hasn't submitted; kept on this device, never sent. */
  loadDraft(key: string): Promise<unknown>;
  saveDraft(key: string, value: unknown): Promise<void>;
}

/**
 * Asks for a source: the nearest enclosing provider answers by calling `provide`, else the one that
 * listens on the document. A widget asks when it is connected, and again on `liyu-source-ready`.
 */
export class SourceRequest extends Event {
  static readonly type = 'liyu-source-request';
  constructor(readonly provide: (source: Source) => void) {
    super(SourceRequest.type, { bubbles: true, composed: true });
  }
}

/** Dispatched on the document when a provider becomes able to answer. */
export const SOURCE_READY = 'liyu-source-ready';
