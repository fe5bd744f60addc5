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

/** After the customer has answered an offer. It holds neither whose it is nor the answer. */
export class OfferAnsweredEvent extends Event {
  static readonly type = 'liyu-offer-answered';
  readonly detail: { readonly offerId: string };

  constructor(readonly offerId: string) {
    super(OfferAnsweredEvent.type, { bubbles: true });
    this.detail = { offerId };
  }
}

declare global {
  interface HTMLElementEventMap {
    'liyu-offer-answered': OfferAnsweredEvent;
    'liyu-redemption-requested': RedemptionRequestedEvent;
  }
}
