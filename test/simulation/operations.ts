import { equal } from '@liyu/model';
import type { Doc } from '@liyu/model';
import type { LocalDoc } from '../../packages/store/src/database.js';
import type { Device } from './device.js';
import type { Random } from './random.js';
import { BENEFIT, canary } from './records.js';

/** Something a person did on a device, and what the server has to hold of it. */
export interface Deed {
  device: Device;
  coll: string;
  id: string;
  what: string;
  /** What of a record later deeds on the same device replace; empty for what nothing replaces. */
  field: string;
  /** Whether a record of the server has it. */
  isIn: (doc: Doc) => boolean;
  /** Whether no later write may take it away again. */
  lasts: boolean;
}

/** What a customer or a member of staff may do now, with what lies on the device; null for nothing. */
export type Operation = (device: Device, random: Random, clock: number) => Deed | null;

interface Step {
  by: string;
  state: string | null;
  text: string;
}

const text = (random: Random, customer: unknown) =>
  `${canary(String(customer))} ${random.between(0, 1e9)}`;
const instant = (clock: number) => new Date(clock).toISOString();

const changePreferences: Operation = (device, random) => {
  const [doc] = device.all('customers');
  if (doc === undefined) return null;
  const [field, values] = random.pick([
    ['channel', ['APP', 'SMS', 'PHONE', null]],
    ['contactTime', ['MORNING', 'AFTERNOON', 'EVENING']],
    ['care', [true, false]],
  ] as const);
  const preferences = doc.preferences as Record<string, unknown>;
  const value = random.pick<unknown>(values.filter((one) => one !== preferences[field]));
  device.write('customers', { ...doc, preferences: { ...preferences, [field]: value } });
  return {
    device,
    coll: 'customers',
    id: doc.id,
    what: `sets ${field} to ${String(value)}`,
    field,
    isIn: (held) => (held.preferences as Record<string, unknown>)[field] === value,
    lasts: false,
  };
};

const answerSurvey: Operation = (device, random, clock) => {
  const doc = device.all('surveys').find(({ state, pending }) => state === 'invited' && !pending);
  if (doc === undefined) return null;
  const declines = random.chance(0.2);
  const answers = declines ? null : { q1: random.between(1, 5), q6: text(random, doc.customer) };
  const state = declines ? 'declined' : 'submitted';
  device.write('surveys', { ...doc, state, answers, submittedAt: instant(clock) });
  return {
    device,
    coll: 'surveys',
    id: doc.id,
    what: state,
    field: '',
    isIn: (held) => held.state === state && equal(held.answers, answers),
    lasts: true,
  };
};

const openCase: Operation = (device, random, clock) => {
  const customer = device.all('customers')[0]?.id;
  if (customer === undefined) return null;
  const words = text(random, customer);
  const id = random.uuid(clock);
  device.write('cases', {
    id,
    rev: 0,
    customer,
    kind: 'complaint',
    topic: 'WAIT',
    about: null,
    text: words,
    state: 'RECEIVED',
    openedAt: instant(clock),
    receivedAt: null,
    dueOn: null,
    handler: null,
    receipt: null,
    steps: [],
  });
  const isIn = (held: Doc) => held.text === words;
  return { device, coll: 'cases', id, what: 'opens', field: '', isIn, lasts: true };
};

/** Adds words to a case; staff move it on with them. */
function takeStep(by: 'customer' | 'staff'): Operation {
  return (device, random, clock) => {
    const open = device
      .all('cases')
      .filter(({ state }) => state !== 'WITHDRAWN' && state !== 'CLOSED');
    if (open.length === 0) return null;
    const doc = random.pick(open);
    const words = text(random, doc.customer);
    const next = by === 'staff' && doc.state === 'RECEIVED' ? 'ACCEPTED' : null;
    const step = { at: instant(clock), by, name: null, state: next, text: words };
    const steps = [...(doc.steps as Step[]), step];
    device.write('cases', { ...doc, steps, ...(next && { state: next }) });
    return {
      device,
      coll: 'cases',
      id: doc.id,
      what: `says ${words.slice(-6)}`,
      field: '',
      isIn: (held) => (held.steps as Step[]).some((one) => one.text === words),
      lasts: true,
    };
  };
}

const redeem: Operation = (device, random, clock) => {
  const customer = device.all('customers')[0]?.id;
  if (customer === undefined) return null;
  const spends = random.chance(0.5);
  const id = random.uuid(clock);
  device.write('redemptions', {
    id,
    rev: 0,
    customer,
    kind: spends ? 'points' : 'benefit',
    benefit: spends ? null : BENEFIT,
    points: spends ? random.between(50, 150) : null,
    period: '2026',
    requestedAt: instant(clock),
    state: 'pending',
    reason: null,
    code: null,
    decidedAt: null,
    validUntil: null,
  });
  const isIn = (held: Doc) => held.id === id;
  return { device, coll: 'redemptions', id, what: 'asks', field: '', isIn, lasts: true };
};

const closeEvent: Operation = (device, random) => {
  const planned = device
    .all('careEvents')
    .filter(({ state, pending }) => state === 'planned' && pending !== true);
  if (planned.length === 0) return null;
  const doc = random.pick(planned);
  const state = random.pick(['done', 'cancelled']);
  device.write('careEvents', { ...doc, state });
  const isIn = (held: Doc) => held.state === state;
  return { device, coll: 'careEvents', id: doc.id, what: state, field: '', isIn, lasts: true };
};

const useRedemption: Operation = (device, random) => {
  const confirmed = device
    .all('redemptions')
    .filter(({ state, pending }) => state === 'confirmed' && pending !== true);
  if (confirmed.length === 0) return null;
  const doc: LocalDoc = random.pick(confirmed);
  device.write('redemptions', { ...doc, state: 'used' });
  const isIn = (held: Doc) => held.state === 'used';
  return { device, coll: 'redemptions', id: doc.id, what: 'used', field: '', isIn, lasts: true };
};

export const OF_CUSTOMER: readonly Operation[] = [
  changePreferences,
  changePreferences,
  answerSurvey,
  openCase,
  takeStep('customer'),
  redeem,
];
export const OF_STAFF: readonly Operation[] = [closeEvent, takeStep('staff'), useRedemption];
