import type { Case } from '@liyu/model';

/** After the customer has opened a case. It holds neither whose it is nor what was written. */
export class CaseOpenedEvent extends Event {
  static readonly type = 'liyu-case-opened';
  readonly detail: { readonly caseId: string; readonly kind: Case['kind'] };

  constructor(
    readonly caseId: string,
    readonly kind: Case['kind'],
  ) {
    super(CaseOpenedEvent.type, { bubbles: true });
    this.detail = { caseId, kind };
  }
}

declare global {
  interface HTMLElementEventMap {
    'liyu-case-opened': CaseOpenedEvent;
  }
}
