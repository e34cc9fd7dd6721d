/**
 * Reads a configuration file, YAML or JSON, and builds the same objects as code does: connectors, mappings, directories
 * and policies. Start with {@link dev.rollcall.configuration.ConfigurationFile}.
 *
 * <pre>{@code
 * Configuration configuration = ConfigurationFile.read(Path.of("people.yaml"), Environment.of(System.getenv()));
 * DataSource people = configuration.dataSource("default");
 * }</pre>
 */
@NullMarked
package dev.rollcall.configuration;

import org.jspecify.annotations.NullMarked;
