import type {
  Assessment,
  CareEvent,
  Case,
  Customer,
  Entitlement,
  Holding,
  Locale,
  Offer,
  PolicyDocument,
  Redemption,
  Survey,
} from '@liyu/model';

/** The record type of each collection. */
export interface Records {
  customers: Customer;
  holdings: Holding;
  assessments: Assessment;
  entitlements: Entitlement;
  redemptions: Redemption;
  careEvents: CareEvent;
  cases: Case;
  surveys: Survey;
  offers: Offer;
  policies: PolicyDocument;
}

export type Snapshot<T> =
  | { state: 'loading' }
  /** Nothing is stored and nothing could be fetched; `code` never holds data. */
  | { state: 'error'; code: string }
  | { state: 'signedOut' }
  | {
      state: 'ready';
      docs: readonly T[];
      /**
       * Day in Asia/Shanghai, ISO 8601, on which the server last said that these are all there are;
       * absent or null where that isn't known.
       */
      pulledOn?: string | null;
    };

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
  /** Moment at which this device learned of it; absent where that isn't known. */
  at?: string;
}

/** Collections of which a refused write is told: the record itself says nothing of it. */
export type Answered = 'surveys' | 'offers';

/** What staff may see in the clear, one field at a time. */
export type RevealedField = 'name' | 'phone' | 'birthday';

/** A field in the clear, null where the bank has none; or why it isn't shown. */
export type Revealed =
  { value: string | null } | { fault: 'forbidden' | 'offline' | 'signedOut' | 'failed' };

/** The first customers of a desk that were found, by name, and how many there are in all. */
export interface FoundCustomers {
  docs: readonly Customer[];
  total: number;
  /** Whether all customers of the desk have arrived; until then there may be more. */
  complete: boolean;
}

/** What a source does besides on pages of staff. */
export interface StaffSource {
  /**
   * The customers of the desk in whose number, name, phone, branch or rung every word of `search`
   * occurs, live, until the returned function is called. Null until something may be shown, and after
   * a sign-out.
   */
  findCustomers(search: string, next: (found: FoundCustomers | null) => void): () => void;
  /**
   * Asks the server for a masked field of a customer's in the clear; it keeps who looked, at what and
   * why. `reason` has 2 to 200 characters. Never rejects, and what it gives is stored nowhere.
   */
  reveal(customer: string, field: RevealedField, reason: string): Promise<Revealed>;
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
  /** Absent where nothing can be asked of a server, which decides who is staff. */
  readonly staff?: StaffSource;
  /** All records of a collection, or with `of` those of one customer, in no particular order. */
  watch<Name extends keyof Records>(
    name: Name,
    next: (snapshot: Snapshot<Records[Name]>) => void,
    of?: { customer: string },
  ): () => void;
  /** Fetches now what could not be fetched before. */
  retry(): void;
  /**
   * Writes an answered or declined survey on this device and sends it when the network allows.
   * Resolves when it lies on the device; until `receivedAt` is set it hasn't been delivered.
   */
  submitSurvey(survey: Survey): Promise<void>;
  /** The last refusal of what was answered to a survey or an offer, or null. */
  watchRejection<Name extends Answered>(
    name: Name,
    id: string,
    next: (rejection: Rejection<Records[Name]> | null) => void,
  ): () => void;
  /**
   * Opens a case on this device and sends it when the network allows. Resolves when it lies on the
   * device; until `receipt` is set it hasn't been delivered.
   */
  openCase(opened: Case): Promise<void>;
  /**
   * Asks for a benefit: writes the request on this device and sends it when the network allows.
   * Resolves when it lies on the device; until `decidedAt` is set the server hasn't answered.
   */
  requestRedemption(redemption: Redemption): Promise<void>;
  /**
   * Writes the customer's answer to an offer, its `feedback`, on this device and sends it when the
   * network allows. Resolves when it lies on the device; until `feedbackAt` is set the server hasn't
   * taken it.
   */
  answerOffer(answered: Offer): Promise<void>;
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
