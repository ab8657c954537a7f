import { execFileSync } from 'node:child_process';

/** Builds the application that the suites of the process guard start, and says which databases are used. */
export default function prepareSuites(): void {
  execFileSync('npx', ['nest', 'build', 'guarded-app'], { stdio: 'inherit' });
  announceDatabases();
}

/** Says once which databases the suites run on, so that a green run does not look like more than it is. */
function announceDatabases(): void {
  const url = process.env['TEST_DATABASE_URL'];
  const answer = url
    ? `PostgreSQL at ${new URL(url).host}`
    : `nothing else: PostgreSQL was not asked for (set TEST_DATABASE_URL=postgres://… to run them there as well)`;
  process.stdout.write(`\nDatabase suites run on SQLite, and on ${answer}.\n`);
}
