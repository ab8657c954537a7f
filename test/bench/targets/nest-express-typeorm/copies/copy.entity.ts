import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('copies')
export class Copy {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('integer', { name: 'book_id' })
  bookId!: number;

  @Column('text')
  imprint!: string;

  @Column('text')
  status!: string;

  @Column('text', { nullable: true })
  borrower!: string | null;

  @Column('text', { name: 'due_back', nullable: true })
  dueBack!: string | null;
}
