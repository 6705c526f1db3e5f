package dev.fanfare.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.fanfare.server.config.ServerConfig.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the log up in code: reading an XML file would cost a good part of the start. Found by
 * Logback as a service, so that nothing is logged before; until the configuration is read, warnings
 * in text.
 */
public final class Logs extends ContextAwareBase implements Configurator {
    private static final String LINE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %msg%n";
    private static final Log UNTIL_CONFIGURED =
            new Log(Log.Format.TEXT, org.slf4j.event.Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        set(context, UNTIL_CONFIGURED);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * From now on the log is as configured. Libraries below warnings stay silent unless everything
     * is asked for.
     */
    public static void apply(Log log) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            set(context, log);
        }
    }

    private static void set(LoggerContext context, Log log) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(started(encoder(log.format()), context));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        var level = Level.convertAnSLF4JLevel(log.level());
        boolean everything = level.toInt() < Level.DEBUG_INT;
        root.setLevel(everything ? level : Level.WARN);
        context.getLogger("dev.fanfare").setLevel(level);
        context.getLogger("fanfare").setLevel(level);
        // It would say again, and less well, what our own message about a wrong schema says.
        context.getLogger("com.networknt").setLevel(Level.OFF);
    }

    private static Encoder<ILoggingEvent> encoder(Log.Format format) {
        return switch (format) {
            case JSON -> new JsonEncoder();
            case TEXT -> {
                var lines = new PatternLayoutEncoder();
                lines.setPattern(LINE);
                yield lines;
            }
        };
    }

    private static Encoder<ILoggingEvent> started(
            Encoder<ILoggingEvent> encoder, LoggerContext context) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
