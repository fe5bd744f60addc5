export { sampleDocuments, sampleMetrics } from './sample-documents.js';
export type { SampleDocument, SampleMetrics } from './sample-documents.js';
