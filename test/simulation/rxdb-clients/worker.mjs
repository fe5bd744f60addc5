// A worker thread doesn't take over the loader of TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
