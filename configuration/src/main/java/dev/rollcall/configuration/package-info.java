/**
 * Reads a configuration file, YAML or JSON, and builds the same objects as code does: connectors, mappings, directories
 * and policies.
 */
@NullMarked
package dev.rollcall.configuration;

import org.jspecify.annotations.NullMarked;
