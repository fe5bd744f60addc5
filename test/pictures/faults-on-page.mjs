/* global document, getComputedStyle, innerWidth */
/**
 * What can be measured of the ten questions, by computed styles and boxes. Runs in the page.
 * @param {boolean} elder whether the large-letter edition is on
 * @returns {string[]}
 */
export function faultsOnPage(elder) {
  const faults = new Set();
  const elements = [];
  const collect = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) collect(element.shadowRoot);
      if (root !== document && element.checkVisibility()) elements.push(element);
    }
  };
  collect(document);
  const own = (element) =>
    [...element.childNodes].filter(({ nodeType, data }) => nodeType === 3 && data.trim() !== '');
  const name = (element) =>
    `${element.localName}${element.className ? `.${[...element.classList].join('.')}` : ''}` +
    ` "${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 24)}"`;
  /** For the eye; a text for screen readers alone is one px large. */
  const seen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 2 && height > 2 && !element.closest('[aria-busy]');
  };

  if (document.documentElement.scrollWidth > innerWidth) faults.add('the page scrolls sideways');
  const targets = [];
  for (const element of elements.filter(seen)) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (element.matches('button, a[href], input, select, textarea, summary')) {
      const label = element.matches('input') ? element.closest('label') : null;
      const target = (label ?? element).getBoundingClientRect();
      targets.push({ element, box: target });
    }
    if (own(element).length === 0) continue;
    if (element.scrollWidth > element.clientWidth + 1 && style.overflow !== 'visible') {
      faults.add(`cut off: ${name(element)}`);
    }
    if (box.right > innerWidth + 1 || box.left < -1) faults.add(`outside: ${name(element)}`);
    const size = parseFloat(style.fontSize);
    if (elder && size < 18) faults.add(`text of ${size} px: ${name(element)}`);
    if (elder && parseFloat(style.lineHeight) / size < 1.3) {
      faults.add(`line height ${style.lineHeight}: ${name(element)}`);
    }
    for (const text of own(element)) {
      const lines = linesOf(text);
      if (lines.slice(1).some((line) => /^[，。；：、！？）」』”％]/.test(line))) {
        faults.add(`a line begins with punctuation: ${name(element)}`);
      }
      const last = lines.at(-1) ?? '';
      const alone = /^[\u4e00-\u9fff][，。；：、！？）」』”]*$/.test(last);
      if (lines.length > 1 && alone && element.childNodes.length === 1) {
        faults.add(`a character alone on the last line: ${name(element)}`);
      }
      for (const [index, line] of lines.slice(0, -1).entries()) {
        if (/\d年?$/.test(line) && /^\d|^[年月日万亿元]/.test(lines[index + 1])) {
          faults.add(`a figure is broken after "${line.slice(-6)}": ${name(element)}`);
        }
      }
    }
  }
  const least = elder ? 60 : 44;
  for (const { element, box } of targets) {
    const round = Math.round(box.height);
    if (round < least) faults.add(`target ${round} px high: ${name(element)}`);
  }
  for (const [index, { element, box }] of targets.entries()) {
    for (const { element: other, box: near } of targets.slice(index + 1)) {
      if (element.closest('label') && element.closest('label') === other.closest('label')) continue;
      const across = Math.max(box.left, near.left) - Math.min(box.right, near.right);
      const down = Math.max(box.top, near.top) - Math.min(box.bottom, near.bottom);
      const gap = Math.max(across, down);
      if (gap < 7.5)
        faults.add(`${Math.round(gap)} px between ${name(element)} and ${name(other)}`);
    }
  }
  return [...faults];

  /** A text as its lines are drawn. */
  function linesOf(text) {
    const range = document.createRange();
    const lines = [];
    let top = null;
    let offset = 0;
    for (const character of text.data) {
      range.setStart(text, offset);
      offset += character.length;
      range.setEnd(text, offset);
      const rect = range.getClientRects()[0];
      if (rect === undefined || character.trim() === '') continue;
      if (top === null || Math.abs(rect.top - top) > rect.height / 2) lines.push('');
      top = rect.top;
      lines[lines.length - 1] += character;
    }
    return lines;
  }
}
