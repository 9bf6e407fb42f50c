import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { paintParticles } from "./particles.ts";

/** The layer on which edges show what they carry now. */
export function ParticleLayer() {
  const layer = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  useEffect(
    () => (layer.current ? paintParticles(layer.current, () => store.getState().transform) : undefined),
    [store],
  );
  return (
    <div className="particle-layer" aria-hidden="true">
      <canvas ref={layer} />
    </div>
  );
}
