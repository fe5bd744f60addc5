/** Where the focus goes when what held it is gone, or when the page asks for it. */
export type FocusTarget = 'question' | 'fault' | 'outcome' | 'confirm' | 'decline';

const SELECTORS: Readonly<Record<FocusTarget, string>> = {
  question: '.question input, .outcome .headline',
  fault: '.question[aria-invalid] input, textarea[aria-invalid]',
  outcome: '.outcome .headline',
  confirm: '.confirm',
  decline: '.decline',
};

/**
 * Focuses `target` in `form`; false when it isn't there yet. The outcome may come late: a customer who
 * has gone on to something else isn't called back.
 */
export function moveFocus(form: HTMLElement, target: FocusTarget): boolean {
  const element = form.shadowRoot?.querySelector<HTMLElement>(SELECTORS[target]) ?? null;
  const elsewhere = document.activeElement !== document.body && !form.matches(':focus-within');
  if (target !== 'outcome' || !elsewhere) element?.focus();
  return element !== null;
}
