/** For `all`: code that cannot start. It throws once all of it is loaded. */
export default async function throwAtStart() {
  const { NestFactory } = await import('@nestjs/core');
  NestFactory.create = () => {
    throw new Error('broken on purpose at the start');
  };
}
