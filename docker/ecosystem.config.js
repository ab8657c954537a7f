import { apps } from '../ecosystem.config.js';

// The container engine keeps what the workers print, and when: files and dates of pm2's own would only repeat it.
for (const app of apps) {
  Object.assign(app, { out_file: '/dev/null', error_file: '/dev/null', log_date_format: '' });
}

export { apps };
