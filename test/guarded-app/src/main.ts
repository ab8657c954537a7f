import { failStart } from '@evernest/process-guard';

/** All that a service needs to be guarded: the module in what it starts, and a word when the start fails. */
try {
  const { start } = await import('./start.js');
  await start();
} catch (error) {
  await failStart(error, { folder: process.env['GUARD_FOLDER'] });
}
