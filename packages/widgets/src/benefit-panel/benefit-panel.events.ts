/** After the customer has asked for a benefit. It doesn't hold whose it is. */
export class RedemptionRequestedEvent extends Event {
  static readonly type = 'liyu-redemption-requested';
  readonly detail: { readonly redemptionId: string; readonly benefit: string };

  constructor(
    readonly redemptionId: string,
    readonly benefit: string,
  ) {
    super(RedemptionRequestedEvent.type, { bubbles: true });
    this.detail = { redemptionId, benefit };
  }
}

declare global {
  interface HTMLElementEventMap {
    'liyu-redemption-requested': RedemptionRequestedEvent;
  }
}
