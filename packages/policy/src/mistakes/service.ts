import type { PolicyFiles } from '../files.js';
import { rangeFaults } from './ranges.js';
import { sayTwice } from './say.js';
import type { Say } from './say.js';

/** Surveys, care, complaints, segments and the maintenance matrix: what hangs together by ids. */
export function checkService(files: PolicyFiles, sayOf: (file: keyof PolicyFiles) => Say): void {
  checkSurveys(files, sayOf('surveys'));
  checkCare(files, sayOf('care-playbook'));
  checkComplaints(files, sayOf('complaints'));
  checkSegments(files, sayOf('segments'));
  checkMatrix(files, sayOf('maintenance-matrix'));
}

function checkSurveys({ surveys: { templates } }: PolicyFiles, say: Say): void {
  sayTwice(
    say,
    templates.map(({ id }) => id),
  );
  for (const { id, items } of templates) {
    if (items.filter(({ score }) => score === true).length !== 1)
      say(id, 'needs exactly one item with score');
    sayTwice(
      (item, reason) => say(id, `${item}: ${reason}`),
      items.map((item) => item.id),
    );
  }
}

function checkCare(files: PolicyFiles, say: Say): void {
  const { owners, channels, channelLabels, rules } = files['care-playbook'];
  sayTwice(
    say,
    rules.map(({ id }) => id),
  );
  for (const channel of channels) {
    if (!(channel in channelLabels)) say(channel, 'channelLabels has no label for it');
  }
  for (const rule of rules) {
    if (!(rule.owner in owners)) say(rule.id, `owner ${rule.owner} isn't declared`);
    for (const channel of rule.channels) {
      if (!(channel in channelLabels)) say(rule.id, `channel ${channel} has no label`);
    }
  }
}

function checkComplaints({ complaints }: PolicyFiles, say: Say): void {
  const { states, stateLabels, taxonomy } = complaints;
  for (const state of states) {
    if (!(state in stateLabels)) say(state, 'stateLabels has no label for it');
  }
  sayTwice(
    say,
    taxonomy.map(({ id }) => id),
  );
}

/** Bands of deposits may stand in any order; stages of life begin where the first does. */
function checkSegments({ segments: { depositBands, lifeStages } }: PolicyFiles, say: Say): void {
  for (const list of [depositBands, lifeStages]) {
    sayTwice(
      say,
      list.map(({ id }) => id),
    );
  }
  const bands = [...depositBands].sort((a, b) => a.lo - b.lo);
  for (const fault of rangeFaults(bands, 'band', 0)) say('depositBands', fault);
  const stages = lifeStages.map(({ age: [lo, hi] }) => ({ lo, hi }));
  for (const fault of rangeFaults(stages, 'stage', stages[0]?.lo ?? 0)) say('lifeStages', fault);
}

function checkMatrix(files: PolicyFiles, say: Say): void {
  const { methods, kinds, productPreference, behaviourType, marketingGrade } =
    files['maintenance-matrix'];
  const uses = (id: string, names: readonly string[] | undefined) => {
    for (const name of names ?? []) {
      if (!methods.some((method) => method.id === name)) say(id, `method ${name} isn't declared`);
    }
  };
  for (const { id, cells } of [...productPreference, ...marketingGrade]) {
    for (const cell of cells) {
      uses(id, cell.methods);
      if (!kinds.some((kind) => kind.id === cell.kind)) say(id, `kind ${cell.kind} isn't declared`);
    }
  }
  for (const type of behaviourType) uses(type.id, type.methods);
}
