import { Injectable, type PipeTransform } from '@nestjs/common';
import { HTTP_PROBLEMS } from '@evernest/process-guard';

const PM_ID = /^(0|[1-9]\d{0,8})$/;

/** The `:pmId` of a path: pm2's number of a worker, from 0 on. */
@Injectable()
export class PmIdPipe implements PipeTransform<string, number> {
  transform(text: string): number {
    if (PM_ID.test(text)) return Number(text);
    const message = 'must be the number of a worker: 0 or a whole number of at most nine digits';
    throw HTTP_PROBLEMS.VALIDATION_FAILED({
      detail: `pmId ${message}.`,
      errors: [{ field: 'pmId', message }],
    });
  }
}
