package dev.rollcall.mapping.entry;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RollcallException;
import org.jspecify.annotations.Nullable;

/** One record cannot be mapped: a mandatory value is missing, does not fit, or no name is left. */
public final class MappingException extends RollcallException {
    private static final long serialVersionUID = 1L;

    private final String attribute;

    /**
     * An exception for one record.
     *
     * @param attribute the LDAP attribute that could not be made, {@code dn}, or an empty string
     */
    public MappingException(String attribute, Problem problem) {
        this(attribute, problem, null);
    }

    /**
     * An exception for one record that another exception caused.
     *
     * @param attribute the LDAP attribute that could not be made, {@code dn}, or an empty string
     */
    public MappingException(String attribute, Problem problem, @Nullable Throwable cause) {
        super(problem, null, cause);
        this.attribute = attribute;
    }

    /** {@return the LDAP attribute that could not be made, {@code dn}, or an empty string} */
    public String attribute() {
        return attribute;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
