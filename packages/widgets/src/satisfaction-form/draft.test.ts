import { expect, waitUntil } from '@open-wc/testing';
import {
  DELIVERED,
  kit,
  formOf,
  radios,
  choose,
  write,
  press,
} from '../fixtures/answering.testing.js';
import { all, one, settled, textOf } from '../fixtures/mount.testing.js';
import { aSurvey } from '../fixtures/records.testing.js';
import type { SatisfactionForm } from './satisfaction-form.js';

describe('<liyu-satisfaction-form> draft', () => {
  it('is kept on the device soon after a change, and comes back', async () => {
    const source = kit();
    const form = await formOf(source);
    await choose(form, 3);
    await write(form, '很好');
    expect(source.drafts.size).to.equal(0);
    await waitUntil(() => source.drafts.size === 1, 'no draft');
    await settled(form);
    expect(textOf(form, '.kept')).to.equal('已保存在本机');
    const again = await formOf(source);
    expect(radios(again)[3]!.checked).to.equal(true);
    expect(one<HTMLTextAreaElement>(again, 'textarea').value).to.equal('很好');
  });

  for (const [what, leave] of [
    ['the page is left', () => window.dispatchEvent(new Event('pagehide'))],
    ['the form is taken out', (form: SatisfactionForm) => form.remove()],
  ] as const) {
    it(`is kept at once when ${what}`, async () => {
      const source = kit();
      const form = await formOf(source);
      await choose(form, 1);
      leave(form);
      expect(source.drafts.get('survey:S1')).to.deep.equal({ answers: { q1: 2 }, callBack: false });
    });
  }

  it('is cleared when the answer is delivered, not before', async () => {
    const source = kit();
    const form = await formOf(source);
    await choose(form, 3);
    await press(form, 'button[type=submit]');
    expect(source.drafts.has('survey:S1')).to.equal(true);
    source.set('surveys', [aSurvey(DELIVERED)]);
    await settled(form);
    expect(source.drafts.has('survey:S1')).to.equal(false);
  });

  it('leaves out what doesn’t fit the template', async () => {
    const source = kit();
    source.drafts.set('survey:S1', { answers: { q1: 4, q2: 9, old: 1 }, callBack: false });
    const form = await formOf(source);
    await press(form, 'button[type=submit]');
    expect(source.submitted[0]?.answers).to.deep.equal({ q1: 4 });
  });

  it('is said beside a fault, not over it', async () => {
    const source = kit();
    const form = await formOf(source);
    await choose(form, 3);
    await write(form, '很'.repeat(201));
    await waitUntil(() => source.drafts.size === 1, 'no draft');
    await press(form, 'button[type=submit]');
    const fault = one(form, '.fault').getBoundingClientRect();
    const kept = one(form, '.kept').getBoundingClientRect();
    expect(textOf(form, '.kept')).to.equal('已保存在本机');
    expect(kept.top).to.be.at.least(fault.bottom);
    expect(textOf(form, '.left')).to.equal('还可输入0字');
  });

  it('of one survey never shows in another', async () => {
    const source = kit();
    const other = aSurvey({ id: 'S2', on: '2026-01-01' });
    source.set('surveys', [aSurvey(), other]);
    const form = await formOf(source);
    await choose(form, 3);
    form.surveyId = 'S2';
    await settled(form);
    expect(all(form, 'input:checked')).to.have.length(0);
  });
});
