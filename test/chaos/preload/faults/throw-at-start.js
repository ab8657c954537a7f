import { Server } from 'node:http';

/** For `all`: code that cannot start. */
export default function throwAtStart() {
  Server.prototype.listen = () => {
    throw new Error('broken on purpose at the start');
  };
}
