import { Injectable } from '@nestjs/common';
import Database from 'better-sqlite3';
import pg from 'pg';

interface Rows {
  all(sql: string, parameter: number): Promise<unknown[]>;
}

@Injectable()
export class BooksService {
  private readonly rows = open(String(process.env['DATABASE_URL']));

  async list(limit: number) {
    return { items: await this.rows.all('select id, title from books order by id limit $1', limit) };
  }

  async find(id: number) {
    const [book] = await this.rows.all('select id, title, isbn from books where id = $1', id);
    return book;
  }
}

/** `sqlite:<file>` or `postgres://…`, each with the defaults of its driver. */
function open(url: string): Rows {
  if (url.startsWith('sqlite:')) {
    const database = new Database(url.slice('sqlite:'.length));
    return {
      all: (sql, parameter) => Promise.resolve(database.prepare(sql.replace('$1', '?')).all(parameter)),
    };
  }
  const pool = new pg.Pool({ connectionString: url });
  return { all: async (sql, parameter) => (await pool.query(sql, [parameter])).rows };
}
