import { Injectable } from '@nestjs/common';
import { Catalogue } from '../catalogue/catalogue.js';

/** The prepared statements as a provider. */
@Injectable()
export class CatalogueService extends Catalogue {
  constructor() {
    super(String(process.env['DATABASE_FILE']));
  }
}
