export function reportPage() {
  return '';
}
