/** Production settings, with everything on. */
export function evernestEnvironment({ port, folder, databaseFile, writeToken }) {
  return {
    NODE_ENV: 'production',
    PORT: String(port),
    STATE_DIR: folder,
    DATABASE_URL: `sqlite:${databaseFile}`,
    LOG_TARGET: 'files',
    WRITE_TOKENS: writeToken,
  };
}
