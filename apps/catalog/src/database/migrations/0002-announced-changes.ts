import type { Migration } from '@evernest/database';

/** For a catalogue that was made when tables did not announce their changes yet; every step ends with this since. */
export const announcedChanges: Migration = {
  up: (db, dialect) => dialect.announceChanges(db),
};
