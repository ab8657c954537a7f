const TEXT_OR_NULL = { type: ['string', 'null'] };

export const ID = {
  type: 'object',
  properties: { id: { type: 'integer', minimum: 1 } },
  required: ['id'],
};

export const PAGE_QUERY = {
  type: 'object',
  properties: { search: { type: 'string', maxLength: 200 }, cursor: { type: 'string', maxLength: 20 } },
};

export const LOAN = {
  type: 'object',
  properties: {
    borrower: { type: 'string', minLength: 1, maxLength: 300 },
    dueBack: { type: 'string', format: 'date' },
  },
  required: ['borrower', 'dueBack'],
};

export const BOOK = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    title: { type: 'string' },
    summary: TEXT_OR_NULL,
    isbn: TEXT_OR_NULL,
    languages: { type: 'array', items: { type: 'string' } },
    publishedOn: TEXT_OR_NULL,
    authors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { id: { type: 'integer' }, name: { type: 'string' }, role: TEXT_OR_NULL },
      },
    },
    genres: {
      type: 'array',
      items: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } },
    },
  },
};

export const BOOK_PAGE = {
  type: 'object',
  properties: { items: { type: 'array', items: BOOK }, nextCursor: TEXT_OR_NULL },
};

export const COPY = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    bookId: { type: 'integer' },
    imprint: { type: 'string' },
    status: { type: 'string' },
    borrower: TEXT_OR_NULL,
    dueBack: TEXT_OR_NULL,
  },
};
