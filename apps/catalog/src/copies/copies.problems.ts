import { problemTable } from '@evernest/process-guard';

export const COPY_PROBLEMS = problemTable({
  COPY_NOT_FOUND: { status: 404, title: 'No such copy' },
  COPY_NOT_AVAILABLE: { status: 409, title: 'The copy is not available' },
  COPY_NOT_ON_LOAN: { status: 409, title: 'The copy is not on loan' },
  COPY_ON_LOAN: { status: 409, title: 'The copy is on loan' },
});
