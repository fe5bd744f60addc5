export { assessmentOf, entitlementOf, validTo } from './assessment-of.js';
export type { Standing } from './assessment-of.js';
export { checkMetrics } from './check-metrics.js';
export type { MetricFault } from './check-metrics.js';
export { compilePolicy } from './compile-policy.js';
export type { Grade, GradeOptions, Grader, GradingFiles } from './compile-policy.js';
export { entitle } from './entitle.js';
export type { EntitleContext } from './entitle.js';
