// For Node: what needs its SHA-256.
export { auditChain, rulesByHash } from './audit-chain.js';
export type { Misfit, RulesByHash } from './audit-chain.js';
export { hashOf, seal } from './seal.js';
