package dev.cnnc.maven;

import java.nio.file.Path;

/**
 * Output folders.
 *
 * @param javaFolder for Java source, compiled with the project's own source
 * @param resourceFolder for weights and the rest
 * @param classesFolder the folder to which Maven copies the resources
 */
record OutputFolders(Path javaFolder, Path resourceFolder, Path classesFolder) {}
