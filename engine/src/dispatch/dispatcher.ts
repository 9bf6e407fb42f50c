/**
 * Says which run is to be looked at next. All it promises is "at least once": whoever takes a run finds in its log and
 * inbox what there is to do, so one wake too many harms nothing. One implementation is in this process; others, for
 * several engines on one database, pass the same suite.
 */
export interface Dispatcher {
  /** From now on runs are given to `take`, as many at once as there are. One that throws is given again later. */
  begin: (take: (run: string) => Promise<void>) => void;
  /** There is something to do in this run: it is taken soon, and once more if it is being taken just now. */
  wake: (run: string) => void;
  /** The run is to be taken at this time (milliseconds since 1970). A run has one such time: the last that was said. */
  wakeAt: (run: string, at: number) => void;
  /** Takes back what `wakeAt` said. */
  forgetTime: (run: string) => void;
  /** Gives out no more runs. Settles when those given out have been dealt with. */
  stop: () => Promise<void>;
}
