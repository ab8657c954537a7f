import { Server } from 'node:http';

/** For `all`: code that thinks itself healthy and can do nothing. */
export default function answer500() {
  const emit = Reflect.get(Server.prototype, 'emit');
  Server.prototype.emit = function (event, request, response, ...rest) {
    if (event !== 'request' || request.url.startsWith('/health')) {
      return emit.call(this, event, request, response, ...rest);
    }
    response.writeHead(500).end();
    return true;
  };
}
