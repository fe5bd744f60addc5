import { ref } from 'lit/directives/ref.js';

/**
 * Sets lengths of an element in percent, as custom properties: no style attribute in the template, which a
 * strict policy refuses. Rounded, so that no figure can be read back.
 */
export function placed(lengths: Readonly<Record<`--${string}`, number>>) {
  return ref((element) => {
    if (!(element instanceof HTMLElement)) return;
    for (const [name, percent] of Object.entries(lengths)) {
      element.style.setProperty(name, `${Math.round(percent * 2) / 2}%`);
    }
  });
}
