package dev.cnnc.maven;

import java.nio.file.Path;

/**
 * Where results go.
 *
 * @param javaFolder for source, compiled with the project's own
 * @param resourceFolder for weights and the rest
 * @param classesFolder where Maven copies the latter to
 */
record OutputFolders(Path javaFolder, Path resourceFolder, Path classesFolder) {}
