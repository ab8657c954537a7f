import { join } from 'node:path';
import { ROOT } from '../service.js';

/** The logging library as it was built with the applications, for processes that use parts of it alone. */
export const BUILT_LOGGING = join(ROOT, 'dist/libs/logging/src');
