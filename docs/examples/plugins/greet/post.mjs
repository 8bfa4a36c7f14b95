console.log(`Goodbye, ${process.env.STATE_who}`);
