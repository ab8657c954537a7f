import { ConflictException, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Copy } from './copy.entity.js';
import type { LoanCopy } from './loan-copy.dto.js';

@Injectable()
export class CopiesService {
  constructor(@InjectRepository(Copy) private readonly copies: Repository<Copy>) {}

  async loan(id: number, { borrower, dueBack }: LoanCopy) {
    const { affected } = await this.copies.update(
      { id, status: 'available' },
      { status: 'loaned', borrower, dueBack },
    );
    if (!affected) throw new ConflictException();
    return this.copies.findOneBy({ id });
  }

  async return(id: number) {
    const { affected } = await this.copies.update(
      { id, status: 'loaned' },
      { status: 'available', borrower: null, dueBack: null },
    );
    if (!affected) throw new ConflictException();
    return this.copies.findOneBy({ id });
  }
}
