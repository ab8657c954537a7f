export default function busyLoop() {
  for (;;) Math.random();
}
