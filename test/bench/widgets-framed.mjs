/* global document */
// For libraries that have a badge and a card of their own: the words in theirs.
import { cardParts } from './widgets-dom.mjs';
import { badgeWords } from './widgets-words.mjs';

/** A badge whose text is the name of the level and its last day; it draws no emblem. */
export function badges(tag, settle) {
  const text = (assessment) => {
    const { name, until, lastDay } = badgeWords(assessment);
    return `${name} ${until}${lastDay}`;
  };
  return {
    create: (host, records) =>
      records.map((record) => {
        const element = document.createElement(tag);
        element.textContent = text(record);
        host.append(element);
        return { element };
      }),
    update: (made, records) =>
      made.forEach(({ element }, i) => (element.textContent = text(records[i]))),
    settle,
  };
}

/** A card that frames what bare DOM has in it; `slots` name the places of head and foot. */
export function cards(tag, { head, foot }, settle) {
  return {
    create: (host, records) =>
      records.map((record) => {
        const { parts, show } = cardParts(record);
        const element = document.createElement(tag);
        if (head !== undefined) parts.head.slot = head;
        if (foot !== undefined) parts.foot.slot = foot;
        element.append(parts.head, parts.body, parts.foot);
        host.append(element);
        return { element, show };
      }),
    update: (made, records) => made.forEach(({ show }, i) => show(records[i])),
    settle,
  };
}

/** For elements of Lit. */
export async function updated(made) {
  for (const { element } of made) await element.updateComplete;
}
