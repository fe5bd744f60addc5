/** A row of the table `events`: something that happened to a customer. */
export interface EventRow {
  customer: string;
  id: string;
  /** An event of points.json or a trigger of care-playbook.json, or BRANCH_VISIT, CARD_REFUND. */
  type: string;
  on_date: string;
  body: Record<string, number | string | boolean | null>;
}
