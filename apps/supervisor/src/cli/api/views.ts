import type {
  FleetLogLevelsView as FleetLogLevelsDto,
  LogLevelOutcomeView as LogLevelOutcomeDto,
} from '../../http/log-level.view.js';
import type { FleetView as FleetDto, WorkerView as WorkerDto } from '../../http/worker.view.js';

/** What arrives is data in the shape of the classes that describe the API. */
type Data<T> = { readonly [Name in keyof T]: T[Name] };

export type WorkerView = Data<WorkerDto>;

export type FleetView = Data<Omit<FleetDto, 'workers'>> & { readonly workers: readonly WorkerView[] };

export type LogLevelOutcomeView = Data<LogLevelOutcomeDto>;

export type FleetLogLevelsView = Data<FleetLogLevelsDto>;
