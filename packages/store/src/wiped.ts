/** Why everything of a person, or of one customer in the store of staff, left the device. */
export type WipeReason =
  /** The portal signed the person out. */
  | 'logout'
  /** Another subject is signed in. */
  | 'subject_changed'
  /** The portal gave a token of somebody else under the same subject. */
  | 'other_person'
  /** The server says that a customer is no longer this member of staff's. */
  | 'scope_gone'
  /** The server says that there is no such customer any more, or not for this person. */
  | 'access_ended'
  /** The server hasn't been heard of for 30 days. */
  | 'no_contact';

export interface Wiped {
  reason: WipeReason;
  /** Records whose write the server hadn't taken; they are lost. Drafts aren't counted. */
  unsent: number;
}

/** Something here is not delivered, so nothing was wiped. */
export class UnsentWork extends Error {
  override readonly name = 'UnsentWork';
  constructor(
    /** Records with a write that the server hasn't taken. */
    readonly unsent: number,
  ) {
    super(`${unsent} unsent`);
  }
}
