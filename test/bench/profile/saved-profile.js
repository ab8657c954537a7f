import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { failure } from '../../../scripts/failure.js';

/**
 * Makes a folder for what comes later, so that a wrong name is told before the work.
 * @returns what takes it back while it is empty
 * @throws Failure
 */
export function makeFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw failure(`${folder} cannot be made: ${error.message}`, error);
  }
  return () => {
    try {
      rmdirSync(folder);
    } catch {
      // Somebody has put something into it.
    }
  };
}

/** What was served meanwhile lies in the profile itself, where programs that show profiles do not look. */
export function saveProfile(file, { profile, run }) {
  writeFileSync(file, JSON.stringify({ ...profile, run }));
}

/** @throws Failure if it cannot be read, is none, or does not say how many requests were served */
export function readProfile(file) {
  let profile;
  try {
    profile = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw failure(`${file} cannot be read as a profile: ${error.message}`, error);
  }
  if (!Array.isArray(profile?.samples) || profile.run?.mainThreadMicroseconds === undefined) {
    throw failure(`${file} is no profile of npm run profile: it does not tell what was served meanwhile.`);
  }
  return profile;
}
