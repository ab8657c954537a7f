import type { Migrations } from '@evernest/database';
import { catalogue } from './0001-catalogue.js';
import { announcedChanges } from './0002-announced-changes.js';

/** Add a step at the end; a step that was released is never changed. */
export const MIGRATIONS: Migrations = {
  '0001-catalogue': catalogue,
  '0002-announced-changes': announcedChanges,
};
