import { evernest } from './evernest.js';
import { plain } from './plain.js';

export const TARGETS = [evernest, plain];
