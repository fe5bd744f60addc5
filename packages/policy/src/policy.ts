import type { PolicyFiles } from './files.js';

/** The rules of one bank at one version. */
export interface Policy {
  /** Version of the ladder. */
  version: string;
  /** SHA-256, hexadecimal, over the canonical JSON of {file: content}, golden.json left out. */
  hash: string;
  files: PolicyFiles;
  /** Every file as JSON gives it, by name, those too that no code reads: what the hash is of. */
  contents: Readonly<Record<string, unknown>>;
}

/** What a customer's device gets: enough to name, explain and try out; no AML, no sources. */
export interface CustomerPolicyFiles {
  metrics: PolicyFiles['metrics'];
  scorecard: PolicyFiles['scorecard'];
  'tier-ladder': PolicyFiles['tier-ladder'];
  benefits: PolicyFiles['benefits'];
  surveys: PolicyFiles['surveys'];
  /** Names of the ways of contact; whom the bank contacts when, and why, stays inside. */
  'care-playbook': Pick<PolicyFiles['care-playbook'], 'channels' | 'channelLabels'>;
  complaints: Pick<PolicyFiles['complaints'], 'label' | 'sla' | 'stateLabels' | 'taxonomy'>;
}

const FOR_CUSTOMERS = ['metrics', 'scorecard', 'tier-ladder', 'benefits', 'surveys'] as const;
const FOR_PEOPLE =
  /^(source|provenance|note|why|units|jrt0171|declaredNotScored|knockoutEffect|evaluation(Stages|Order)|.*(Source|Note|Rule))$/;

/** The files for a customer's device: restricted metrics and what only people read are left out. */
export function forCustomers(policy: Policy): CustomerPolicyFiles {
  const { 'care-playbook': care, complaints } = policy.files;
  const files: Record<string, unknown> = {
    ...Object.fromEntries(FOR_CUSTOMERS.map((name) => [name, policy.files[name]])),
    'care-playbook': { channels: care.channels, channelLabels: care.channelLabels },
    complaints: {
      label: complaints.label,
      sla: complaints.sla,
      stateLabels: complaints.stateLabels,
      taxonomy: complaints.taxonomy,
    },
  };
  const out = strip(files) as CustomerPolicyFiles;
  out.metrics.metrics = out.metrics.metrics.filter(
    (metric) => metric.display?.startsWith('restricted') !== true,
  );
  return out;
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !FOR_PEOPLE.test(key))
      .map(([key, child]) => [key, strip(child)]),
  );
}
