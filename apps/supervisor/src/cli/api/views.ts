import type { LogLevelView as LogLevelDto } from '../../http/log-level.request.js';
import type { FleetView as FleetDto, WorkerView as WorkerDto } from '../../http/worker.view.js';

/** What arrives is data in the shape of the classes that describe the API. */
type Data<T> = { readonly [Name in keyof T]: T[Name] };

export type WorkerView = Data<WorkerDto>;

export type FleetView = Data<Omit<FleetDto, 'workers'>> & { readonly workers: readonly WorkerView[] };

export type LogLevelView = Data<LogLevelDto>;
