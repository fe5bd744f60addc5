import { promisedReturn } from '../promised-return.js';

/**
 * Texts of the bank that promise a return, wherever in the files a text in Chinese and English stands.
 * One line each: file, item and the words.
 */
export function findPromises(contents: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(contents).flatMap(([file, content]) =>
    textsIn(content, 'the file').flatMap(({ item, text }) => {
      const words = promisedReturn(text);
      return words === null ? [] : [`${file}.json: ${item}: "${words}" promises a return`];
    }),
  );
}

/** Every text for people, with the innermost id or key around it. */
function textsIn(value: unknown, item: string): { item: string; text: string }[] {
  if (value === null || typeof value !== 'object') return [];
  const { id, code, ...rest } = value as Record<string, unknown>;
  const named = [id, code].find((one) => typeof one === 'string') ?? item;
  const own = Object.entries(rest).filter(([key]) => key === 'zh-CN' || key === 'en');
  return [
    ...own.flatMap(([, text]) => (typeof text === 'string' ? [{ item: named, text }] : [])),
    ...Object.entries(rest).flatMap(([key, child]) =>
      textsIn(child, Array.isArray(value) || key === 'label' ? named : key),
    ),
  ];
}
