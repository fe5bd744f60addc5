import { expect, fixtureSync, html } from '@open-wc/testing';
import { TURNING_TEXTS } from '../fixtures/hostile.testing.js';
import { isolated } from './isolated.js';

/** Whether what stands before and after a text in a line is where it was written. */
function keepsPlaces(text: string): boolean {
  const line = fixtureSync<HTMLElement>(html`<p style="direction: ltr">${`甲12 ${text} 34乙`}</p>`);
  const node = [...line.childNodes].find(({ nodeType }) => nodeType === Node.TEXT_NODE)!;
  const left = (at: number) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().left;
  };
  const last = (node.nodeValue ?? '').length - 1;
  return (
    left(0) < left(1) &&
    left(1) < left(2) &&
    left(2) < left(last - 2) &&
    left(last - 2) < left(last)
  );
}

describe('isolated', () => {
  for (const text of TURNING_TEXTS) {
    it(`keeps what is around ${JSON.stringify(text)} in its place`, () => {
      expect(keepsPlaces(isolated(text))).to.equal(true);
    });
  }

  it('is needed: some of these texts turn their line', () => {
    expect(TURNING_TEXTS.some((text) => !keepsPlaces(text))).to.equal(true);
  });

  it('leaves a text as it is that turns nothing', () => {
    expect(isolated('陈*怡 Chen')).to.equal('陈*怡 Chen');
  });
});
