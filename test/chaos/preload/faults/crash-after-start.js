import { Server } from 'node:http';

/** For `all`: code that starts, and crashes so many ms after it listens. */
export default function crashAfterStart(ms) {
  const listen = Reflect.get(Server.prototype, 'listen');
  Server.prototype.listen = function (...args) {
    this.once('listening', () => setTimeout(crash, Number(ms)));
    return listen.apply(this, args);
  };
}

function crash() {
  throw new Error('broken on purpose');
}
