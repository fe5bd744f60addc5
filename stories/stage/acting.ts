/**
 * What a customer would do in a story. A widget's shadow root is open: a story finds a control by its
 * role there and presses it, and reads nothing that a page couldn't.
 */
export async function press(canvas: HTMLElement, tag: string, selector: string): Promise<void> {
  (await find<HTMLElement>(canvas, tag, selector)).click();
  await settled(canvas, tag);
}

/** Types `text` into a field. */
export async function write(
  canvas: HTMLElement,
  tag: string,
  selector: string,
  text: string,
): Promise<void> {
  const field = await find<HTMLTextAreaElement>(canvas, tag, selector);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settled(canvas, tag);
}

/** The element that `selector` names inside the widget, once it is there. */
export async function find<E extends Element = HTMLElement>(
  canvas: HTMLElement,
  tag: string,
  selector: string,
): Promise<E> {
  for (let waited = 0; waited < 3000; waited += 20) {
    const found = canvas.querySelector(tag)?.shadowRoot?.querySelector<E>(selector);
    if (found != null) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no ${selector} in <${tag}>`);
}

async function settled(canvas: HTMLElement, tag: string): Promise<void> {
  await (canvas.querySelector(tag) as { updateComplete?: Promise<unknown> } | null)?.updateComplete;
}
