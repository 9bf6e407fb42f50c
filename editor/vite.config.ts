import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const engine = "http://127.0.0.1:4400";

export default defineConfig({
  plugins: [react({ compiler: { compilationMode: "annotation" } })],
  build: {
    target: ["chrome125", "firefox128", "safari17.5"],
    // the content security policy allows no data: addresses for fonts and scripts
    assetsInlineLimit: 0,
    // what is not used of a door of shared is not loaded through it
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /\/shared\/src\//, sideEffects: false }] } },
    // a test holds the initial JavaScript to its limit, gzipped and as a whole
    chunkSizeWarningLimit: 800,
  },
  worker: { format: "es" },
  server: { proxy: { "/api": { target: engine, ws: true, changeOrigin: true } } },
});
