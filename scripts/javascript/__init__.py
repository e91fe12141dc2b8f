"""What checks the project's JavaScript: Biome (style and lint) and TypeScript's checker, pinned by the lock file beside."""
